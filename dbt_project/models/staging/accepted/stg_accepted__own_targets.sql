{{ accepted_as_known('own_targets') }}
