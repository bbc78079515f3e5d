{{ accepted_as_known('plans') }}
