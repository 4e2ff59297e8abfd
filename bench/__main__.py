"""`python -m bench`: webhook, turns and purchases on this machine, under load and as it fills."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import cache, erp, kind_turns, knowledge, turns
from bench.growth import NORMAL, QUICK, turn_figures, webhook_figures
from bench.installation import EVERYTHING, running
from bench.machine import load_average, machine
from bench.profiling import print_profile
from bench.report import print_figures, print_report, write_json
from bench.retrieval import retrieval_figures
from bench.understanding import print_understanding


def main() -> None:
    options = _options()
    effort = QUICK if options.quick else NORMAL
    if options.profile:
        print_profile(effort)
        return
    if options.understanding:
        print_understanding()
        return
    if options.cache:
        print_figures(cache.cache_figures(cache.QUICK if options.quick else cache.NORMAL))
        return
    if options.retrieval:
        print_figures(retrieval_figures())
        return
    if options.knowledge:
        print_figures(knowledge.knowledge_figures(knowledge.QUICK if options.quick else knowledge.NORMAL))
        return
    if options.turns:
        print_figures(kind_turns.kind_figures(kind_turns.QUICK if options.quick else kind_turns.NORMAL))
        return
    load = load_average()
    if options.erp:
        with running(("postgres", "odoo"), {}) as installation:
            print_figures(erp.erp_figures(installation, erp.QUICK if options.quick else erp.NORMAL))
        return
    with running(("postgres", "webhook"), {}) as installation:
        figures = webhook_figures(installation, effort)
    with running(EVERYTHING, turns.SETTINGS) as installation:
        figures += turn_figures(installation, effort)
        described = machine(installation.database_url, load)
    with running(("postgres", "odoo"), {}) as installation:
        bought = erp.erp_figures(installation, erp.QUICK if options.quick else erp.NORMAL)
    print_report(described, effort.sizes, figures)
    print_figures(bought)
    if options.json is not None:
        write_json(options.json, described, effort.sizes, [*figures, *bought])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under two minutes, with rougher figures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures there, too")
    parser.add_argument("--erp", action="store_true", help="only the adapter, the simulation and purchases")
    parser.add_argument("--cache", action="store_true", help="only what a look into the cache costs")
    parser.add_argument("--understanding", action="store_true", help="only how well customers are understood")
    parser.add_argument("--retrieval", action="store_true", help="only whether questions find their answers")
    parser.add_argument("--knowledge", action="store_true", help="only how long a search among many takes")
    parser.add_argument("--turns", action="store_true", help="only what each kind of turn costs")
    parser.add_argument("--profile", action="store_true", help="only show where the worker's CPU goes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
