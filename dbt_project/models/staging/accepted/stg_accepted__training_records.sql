{{ accepted_as_known('training_records') }}
