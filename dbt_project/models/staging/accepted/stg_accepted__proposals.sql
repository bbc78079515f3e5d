{{ accepted_as_known('proposals') }}
