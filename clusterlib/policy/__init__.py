"""The policy model, pure: tables and plans in, runs and reports out.

parameters   the rows of data/policy/parameters.csv -> `Worlds`, one or many
scenario     a plan, frozen and checked: `Scenario`, `from_plan`, `to_plan`
equations    numbered functions; data/words/policy.json holds the same as text
model        `simulate(scenario, worlds)` -> `Run`; `history(worlds)` for 2001-2022
ensemble     calibration and the worlds that agree with what was counted
decision     outcomes, 0-1 values, weights, acceptability, regret, rules
putback      which numbers make one world what it is
behaviour    what the model does, statement by statement, over all worlds

The tables come from `clusterlib.datasets` (policy_parameters, policy_ensemble, policy_regions,
policy_anchors, policy_plans, policy_values), files and links from `clusterlib.plans`.

>>> from clusterlib import datasets
>>> from clusterlib.policy import decision, model, parameters
>>> worlds = parameters.worlds(datasets.policy_parameters(), datasets.policy_ensemble().head(100))
>>> plan = decision.plans(datasets.policy_plans(), worlds.regions)["settle"]
>>> model.simulate(plan, worlds).frame(["workers"]).columns.tolist()
['year', 'region', 'name', 'p10', 'p50', 'p90']
"""
