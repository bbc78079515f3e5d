{{ accepted_as_known('register_coverage') }}
