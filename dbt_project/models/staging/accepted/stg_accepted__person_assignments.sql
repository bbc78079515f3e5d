{{ accepted_as_known('person_assignments') }}
