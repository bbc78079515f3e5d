"""The wiring as one text file: a change of key, dependency, group, partition or check is a line in a diff.

``python tests/orchestration/test_wiring.py`` writes it again.
"""

import subprocess
import sys
from pathlib import Path

import dagster as dg

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = Path(__file__).with_name("wiring.txt")
STATIONS = ["inbox", "landing", "accepted", "build", "reference", "staging", "intermediate", "marts", "reports"]
PUBLIC = ["review", "publication"]


def wiring(definitions: dg.Definitions) -> str:
    graph = definitions.resolve_asset_graph()
    lines = []
    for key in sorted(graph.get_all_asset_keys()):
        node = graph.get(key)
        checks = sorted(check.name for check in graph.get_check_keys_for_assets({key}))
        parts = f"group={node.group_name} partitions={'years' if node.partitions_def else 'none'}"
        lines.append(f"{key.to_user_string()} {parts} checks={','.join(checks) or 'none'}")
        lines += [f"    < {parent.to_user_string()}" for parent in sorted(node.parent_keys)]
    jobs = sorted(job.name for job in definitions.jobs)
    ticks = sorted(
        [*(f"schedule {s.name}" for s in definitions.schedules), *(f"sensor {s.name}" for s in definitions.sensors)]
    )
    return "\n".join([*lines, f"jobs {' '.join(jobs)}", *ticks]) + "\n"


def test_the_wiring_is_the_one_that_was_reviewed(definitions):
    assert wiring(definitions) == SNAPSHOT.read_text(), "python tests/orchestration/test_wiring.py writes it again"


def test_the_web_server_can_load_it(definitions):
    dg.Definitions.validate_loadable(definitions)


def test_every_asset_says_what_it_is(definitions):
    graph = definitions.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.group_name == key.path[0] and node.group_name in STATIONS + PUBLIC, key
        assert node.owners and node.kinds and node.description, key


def test_the_graph_reads_from_inbox_to_publication(definitions):
    graph = definitions.resolve_asset_graph()
    upstream, todo = set(), [dg.AssetKey(["publication", "edition"])]
    while todo:
        key = todo.pop()
        if key not in upstream:
            upstream.add(key)
            todo += graph.get(key).parent_keys
    assert {key.path[0] for key in upstream} == set(STATIONS + PUBLIC)


def test_a_build_reads_all_years_and_reports_one(definitions):
    graph = definitions.resolve_asset_graph()
    staging = graph.get(dg.AssetKey(["staging", "stg_accepted__talents"]))
    mapping = staging.partition_mappings[dg.AssetKey(["accepted", "talents"])]
    assert isinstance(mapping, dg.AllPartitionMapping) and staging.partitions_def


def test_only_verdict_and_post_conditions_block(definitions):
    graph = definitions.resolve_asset_graph()
    blocking = {key for key in graph.asset_check_keys if graph.get(key).blocking}
    assert {key.name for key in blocking} == {"whole", "gate_is_open"}
    assert {key.asset_key.path[0] for key in blocking} == {"accepted", "review"}


def test_jobs_have_a_longest_time_and_one_process(definitions):
    for job in map(definitions.resolve_job_def, ("collect", "build", "review", "publish", "road")):
        assert int(job.tags["dagster/max_runtime"]) <= 7200
        assert job.executor_def is dg.in_process_executor


def test_the_road_never_publishes(definitions):
    keys = {key.to_user_string() for key in definitions.resolve_job_def("road").asset_layer.executable_asset_keys}
    assert "publication/draft" in keys and "publication/edition" not in keys


def test_loading_definitions_touches_nothing_but_daggers_own_folder(settings, definitions):
    before = {path: path.stat().st_mtime_ns for path in settings.home.rglob("*") if path.is_file()}
    code = "import orchestration.definitions as d; print(len(d.defs.jobs))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"NHANTAI_HOME": str(settings.home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == "5", run.stderr
    after = {path: path.stat().st_mtime_ns for path in settings.home.rglob("*") if path.is_file()}
    assert before == after
    assert {path.name for path in settings.home.iterdir()} <= {"sample.json", ".lock", "dagster", "build"}


if __name__ == "__main__":
    import tempfile

    from orchestration.build import build_definitions
    from orchestration.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        SNAPSHOT.write_text(wiring(build_definitions(Settings(home=Path(folder)))))
