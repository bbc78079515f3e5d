{{ accepted_as_known('policy_grants') }}
