"""`steelyard predict`: how fast a workload runs on a GPU, or on the processor alone, without a project of one's own.

The rest of the machine is the largest host of the catalogue, kept cool, so that it limits as little as any can; inputs
of the workload that are not set have their typical values, and it is said which.
Published benchmarks stand alone: see `benchmarks`.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

from steelyard.cli.printing import print_json, print_text
from steelyard.cli.settings import settings_of
from steelyard.cli.standing import usable_catalog
from steelyard.errors import BadInputError, ExitCode, did_you_mean
from steelyard.project.benchmarks import number_of, setting_of
from steelyard.project.content import SITE_NUMBERS, Project, Site, WorkloadUse, checked
from steelyard.project.contract import Prediction
from steelyard.project.demands import ASSUMED, inputs_of
from steelyard.project.evaluate import Engine
from steelyard.project.findings import reasons_unknown
from steelyard.project.rig import COOL, rig_of
from steelyard.project.samples import FIRST_SAMPLE, open_project

if TYPE_CHECKING:
    import argparse

    from steelyard.catalog.load import Catalog
    from steelyard.catalog.workloads import WorkloadDefinition
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.findings import Finding

__all__ = ["predict"]

_QUANTITY = "throughput"
_LACKS = {"MEM-012": "gpu_memory", "MEM-014": "host_memory"}
"""The rules without which a run ends with an error, and what is then named as the limit instead of a stage."""


def predict(options: argparse.Namespace) -> ExitCode:
    """Print the throughput that is sustained and the stage that limits it; 1 where the work cannot run at all."""
    if options.list:
        from steelyard.cli.benchmarks import list_benchmarks

        return list_benchmarks(options)
    catalog = usable_catalog()
    options.workload = _named(catalog, options)
    if catalog.workloads[options.workload].bench is not None:
        from steelyard.cli.benchmarks import predict_benchmark

        return predict_benchmark(catalog, catalog.workloads[options.workload], options)
    if not options.gpu and options.gpus > 1:
        remedy = 'Name it with --gpu PART; "steelyard catalog list --kind gpu --all" lists them.'
        raise BadInputError(f"{options.gpus} GPUs are asked for, and none is named.", remedy)
    options.gpus = options.gpus if options.gpu else 0
    engine = Engine.of(catalog)
    project = _project(engine, options)
    found = engine.evaluate_variant(project, project.variants[0].name, COOL)
    typical = _typical(catalog.workloads[options.workload], project.workloads[0])
    too_large = next((each for each in found.findings if each.rule.id in _LACKS and each.verdict == "broken"), None)
    if too_large is None:
        _check_known(found, options.workload)
    prediction = _prediction(found, catalog, options, too_large, typical)
    where = f"{prediction.gpus} x {prediction.gpu}" if prediction.gpus else "the processor alone, without a GPU"
    if options.json:
        print_json(prediction)
    if too_large is not None:
        print(f"{prediction.workload} cannot run on {where}. {too_large.text} {too_large.remedy}.", file=sys.stderr)
        return ExitCode.BLOCKED
    taken = ", ".join(f"{name} {_said(prediction.settings[name])}" for name in typical)
    told = f"Taken at typical values, as nothing else is set: {taken}" if typical else ""
    if options.json:
        aside = "" if prediction.gpus else f"This is {prediction.workload} on {where}."
        print(*(each for each in (aside, told) if each), sep="\n", end="\n" if aside or told else "", file=sys.stderr)
        return ExitCode.DONE
    unit = found.engine.model.quantities[_QUANTITY].unit
    said = found.voice().say(found.value(_QUANTITY), unit)
    span = found.range(_QUANTITY)
    low, high = (found.voice().say(end, unit).text for end in span)
    print_text(f"{prediction.workload} on {where}: {said} ({low} to {high})")
    print_text(f"Limited by: {prediction.bottleneck}")
    if told:
        print_text(told)
    return ExitCode.DONE


def _named(catalog: Catalog, options: argparse.Namespace) -> str:
    """Return the workload that is named, as an argument or as an option. Raises BadInputError."""
    if options.named and options.workload and options.named != options.workload:
        raise BadInputError(f'Two workloads are named: "{options.named[:60]}" and "{options.workload[:60]}".')
    name = options.named or options.workload
    if not name:
        raise BadInputError("No workload is named.", '"steelyard workloads list" and "predict --list" show them.')
    if name not in catalog.workloads:
        usual = tuple(each.id for each in catalog.workloads.values() if each.bench is None)
        hint = did_you_mean(name, tuple(catalog.workloads)) or f" Workloads: {', '.join(usual)}; or see predict --list."
        raise BadInputError(f'There is no workload "{name[:60]}".{hint}')
    return str(name)


def _check_known(found: VariantEvaluation, workload: str) -> None:
    """Raise BadInputError that names the data without which nothing can be predicted."""
    if math.isnan(found.value(_QUANTITY)):
        reasons = ", ".join(reasons_unknown(found.explain(_QUANTITY))) or "data are missing"
        message = f"The throughput of {workload} on this machine cannot be told: {reasons}."
        raise BadInputError(message, "Name another part, or set what is missing with --set.")


def _typical(workload: WorkloadDefinition, use: WorkloadUse) -> tuple[str, ...]:
    """The inputs that the workload requires and nobody set."""
    return tuple(name for name, each in inputs_of(use, workload).items() if each.mark == ASSUMED)


def _project(engine: Engine, options: argparse.Namespace) -> Project:
    """Return this workload alone, at the first sample's site, on the rig with these parts."""
    catalog = engine.catalog
    project = open_project(FIRST_SAMPLE).project
    variant = project.variants[0]
    selection = rig_of(engine, project).selection
    if options.gpus:
        selection = selection.with_(gpu=(catalog.part(options.gpu).id, options.gpus))
    if options.cpu:
        selection = selection.with_(cpu=catalog.part(options.cpu).id)
    if options.drive:
        selection = selection.with_(scratch_drive=catalog.part(options.drive).id)
    use, site = _with_settings(catalog.workloads[options.workload], project.site, settings_of(options.set))
    variants = (variant._replace(selection=selection),)
    return checked(project._replace(site=site, workloads=(use,), variants=variants))


def _with_settings(workload: WorkloadDefinition, site: Site, settings: dict[str, str]) -> tuple[WorkloadUse, Site]:
    """Return the workload with its typical values where nothing is set, and the site."""
    use = WorkloadUse(workload.id, workload.id)
    for name, each in workload.inputs.items():
        if each.required:
            use = use.with_input(name, each.usual, assumed=True)
    for name, text in settings.items():
        if name in workload.inputs:
            use = use.with_input(name, setting_of(workload.inputs[name], text, workload.id))
        elif name in SITE_NUMBERS:
            site = Site(**{**site._asdict(), name: number_of(Site, name, name, text)})
        else:
            hint = did_you_mean(name, [*workload.inputs, *SITE_NUMBERS])
            raise BadInputError(
                f'"{name[:60]}" is no input of {workload.id} and no number of the site.{hint}',
                f'See "steelyard workloads show {workload.id}".',
            )
    return use, site


def _prediction(
    found: VariantEvaluation,
    catalog: Catalog,
    options: argparse.Namespace,
    too_large: Finding | None,
    typical: tuple[str, ...],
) -> Prediction:
    unit = found.engine.model.quantities[_QUANTITY].unit.symbol
    used = inputs_of(found.uses[0], catalog.workloads[options.workload])
    settings = {name: each.value for name, each in used.items()}
    about = (options.workload, options.gpu if options.gpus else "", options.gpus, _QUANTITY)
    fits = too_large is None
    if too_large is not None:
        return Prediction(*about, None, None, None, unit, _LACKS[too_large.rule.id], fits, settings, typical)
    stages = catalog.workloads[options.workload].stages
    index = found.value("bottleneck_stage")
    bottleneck = stages[int(index)].id if math.isfinite(index) else "unknown"
    low, high = found.range(_QUANTITY)
    numbers = (found.value(_QUANTITY), low, high)
    value, low_or_none, high_or_none = (each if math.isfinite(each) else None for each in numbers)
    return Prediction(*about, value, low_or_none, high_or_none, unit, bottleneck, fits, settings, typical)


def _said(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:,.10g}"
