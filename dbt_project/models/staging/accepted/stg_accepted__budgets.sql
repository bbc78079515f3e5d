{{ accepted_as_known('budgets') }}
