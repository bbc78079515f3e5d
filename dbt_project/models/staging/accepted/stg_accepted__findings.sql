{{ accepted_as_known('findings') }}
