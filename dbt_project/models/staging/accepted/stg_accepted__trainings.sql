{{ accepted_as_known('trainings') }}
