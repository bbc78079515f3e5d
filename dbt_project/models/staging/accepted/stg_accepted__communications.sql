{{ accepted_as_known('communications') }}
