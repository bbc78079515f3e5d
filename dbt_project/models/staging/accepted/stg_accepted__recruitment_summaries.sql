{{ accepted_as_known('recruitment_summaries') }}
