{{ accepted_as_known('cover') }}
