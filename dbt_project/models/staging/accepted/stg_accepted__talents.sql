{{ accepted_as_known('talents') }}
