{{ accepted_as_known('talent_pools') }}
