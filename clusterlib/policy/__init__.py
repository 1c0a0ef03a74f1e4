"""The policy model: parameters, equations, runs, ensemble, decisions, plans. Pure."""
