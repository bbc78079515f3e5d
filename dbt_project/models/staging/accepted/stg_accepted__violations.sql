{{ accepted_as_known('violations') }}
