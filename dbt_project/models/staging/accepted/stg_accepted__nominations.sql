{{ accepted_as_known('nominations') }}
