{{ accepted_as_known('staff_snapshots') }}
