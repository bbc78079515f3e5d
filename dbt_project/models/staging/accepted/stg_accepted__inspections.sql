{{ accepted_as_known('inspections') }}
