{{ accepted_as_known('task_progress') }}
