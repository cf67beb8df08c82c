"""How is what an import planned written? All of it in one transaction, or nothing."""

from collections import defaultdict
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.engines.search.library import actions as library
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions import runs
from handrail.mediums.docs.actions.asking_again import pages_changed
from handrail.mediums.docs.actions.drawing import Drawn, keep
from handrail.mediums.docs.actions.order import put_in_order, touch
from handrail.mediums.docs.actions.sections import make_section
from handrail.mediums.docs.models import Asset, Draft, ImportRun, Page, Revision, Section
from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.mediums.docs.importing.options import Options
    from handrail.mediums.docs.importing.planning import SectionPlan, Wanted
    from handrail.mediums.docs.importing.redrawing import Drawing
    from handrail.mediums.docs.importing.report import Report
    from handrail.mediums.docs.importing.taking_files import FileTaker

WITHDRAWN = 1_000_000
"""The position of pages whose files went: behind all others, whose paths they must not take."""

AT_ONCE = 200

NOT_SAVED = {"id", "public_id", "section", "path", "trail", "rank", "good"}
"""Fields that an import leaves to the order of the tree, to readers, or as they are."""

Plans = list[tuple["SectionPlan", "FileTaker"]]


class Overtaken(Exception):
    """Somebody wrote in one of the sections since they were read."""


def take_in(
    viewer: Viewer,
    plans: Plans,
    drawing: "Drawing",
    options: "Options",
    report: "Report",
    run: ImportRun,
) -> None:
    """Writes all that was planned and drawn, and the report. Raises Overtaken.

    Files are stored first, by their content: where the rest fails, they wait for the next time.
    The transaction takes about 2 ms a page, in which nobody else can write on SQLite.
    """
    viewer.require(EDIT)
    stored: dict[str, Asset] = {}
    for _plan, taker in plans:
        _store(taker, stored)
    with transaction.atomic():
        for plan, taker in plans:
            _begin(viewer, plan)
            _write_assets(plan, taker)
        for plan, _taker in plans:
            _write_pages(plan, options)
            _leave_behind(plan)
            for language in sorted(plan.languages):
                put_in_order(plan.section, language)
        _keep_drawn(drawing)
        for plan, taker in plans:
            if _is_seen(plan, taker):
                touch(plan.section)
                ref = Ref("docs", plan.section.public_id)
                activity.record(viewer, "docs.imported", ref, counts=dict(report.counts))
        pages_changed(_changed(plans))
        runs.finish(viewer, run, dict(report.counts), report.problems())


def _store(taker: "FileTaker", stored: dict[str, Asset]) -> None:
    """Bytes that are there already are not stored again, whosever they are."""
    for asset in [*taker.new, *taker.changed]:
        kept = Asset.objects.filter(sha256=asset.sha256).exclude(file="")
        same = stored.get(asset.sha256) or kept.first()
        stored[asset.sha256] = asset
        if same is not None:
            asset.file, asset.preview = same.file.name, same.preview.name
            continue
        checked = taker.uploads[asset.sha256]
        checked.upload.seek(0)
        asset.file.save(asset.sha256, ContentFile(checked.upload.read()), save=False)
        asset.preview = ""
        if checked.preview is not None:
            asset.preview.save(asset.sha256, checked.preview, save=False)


def _begin(viewer: Viewer, plan: "SectionPlan") -> None:
    """Makes the section, or sees that nobody wrote in it meanwhile."""
    section = plan.section
    if plan.is_new:
        if Section.objects.filter(slug=section.slug).exists():
            raise Overtaken
        made = make_section(
            viewer,
            title=section.title,
            slug=section.slug,
            description=section.description,
            icon=section.icon,
            language=section.language,
        )
        section.pk, section.public_id, section.position = made.pk, made.public_id, made.position
        section._state.adding = False
        return
    now = Section.objects.select_for_update().filter(pk=section.pk).first()
    if now is None or now.version != plan.version:
        raise Overtaken


def _write_assets(plan: "SectionPlan", taker: "FileTaker") -> None:
    for asset in taker.new:
        asset.section = plan.section
    Asset.objects.bulk_create(taker.new, batch_size=AT_ONCE)
    for asset in taker.changed:
        asset.save()


def _write_pages(plan: "SectionPlan", options: "Options") -> None:
    """Originals before translations, and what is above before what is below."""
    levels: dict[tuple[bool, int], list[Wanted]] = defaultdict(list)
    for one in plan.wanted:
        if one.is_written and not one.is_foreign:
            depth = 0
            above = one.above
            while above is not None:
                depth, above = depth + 1, above.above
            levels[one.language != plan.section.language, depth].append(one)
    now = timezone.now()
    revisions: list[Revision] = []
    for level in sorted(levels):
        for one in levels[level]:
            _number(one)
            page = one.page
            page.parent_id = one.above.page.pk if one.above else None
            if one.original is not None:
                page.original_id = one.original.page.pk
            if _is_published_anew(one):
                page.published_at = now
                revisions.append(_revision(page))
        _save_level(plan, levels[level])
    for revision in revisions:
        revision.page_id = revision.page.pk
    Revision.objects.bulk_create(revisions, batch_size=AT_ONCE)
    if options.overwrite:
        changed = [one.page.pk for one in plan.wanted if one.has_new_words]
        Draft.objects.filter(page__in=changed).delete()


def _is_published_anew(one: "Wanted") -> bool:
    """Whether readers see other words than before."""
    page = one.page
    is_seen = page.is_published and not page.is_group
    return is_seen and (one.has_new_words or (one.has_new_facts and page.published_at is None))


def _number(one: "Wanted") -> None:
    if _is_published_anew(one):
        one.page.number += 1
    if one.original is not None and (one.is_new or one.has_new_words):
        one.page.translated_number = one.original.page.number


def _revision(page: Page) -> Revision:
    return Revision(
        page=page,
        number=page.number,
        title=page.title,
        summary=page.summary,
        body=page.body,
        published_at=page.published_at or timezone.now(),
    )


def _save_level(plan: "SectionPlan", level: "list[Wanted]") -> None:
    """New pages have their places only once all are there: `put_in_order` gives them."""
    new = [one.page for one in level if one.is_new]
    for page in new:
        page.pk, page.section, page.path = None, plan.section, f"~{page.public_id}"
    Page.objects.bulk_create(new, batch_size=AT_ONCE)
    for one in level:
        if not one.is_new:
            deferred = one.page.get_deferred_fields()
            names = {field.name for field in Page._meta.concrete_fields}
            one.page.save(update_fields=names - NOT_SAVED - deferred)


def _leave_behind(plan: "SectionPlan") -> None:
    """Pages without files are withdrawn, with what they said; groups without pages are gone."""
    gone = [page.pk for page in plan.gone]
    for at in range(0, len(gone), AT_ONCE):
        Page.objects.filter(pk__in=gone[at : at + AT_ONCE]).update(
            is_published=False, source_hash="", parent=None, position=WITHDRAWN
        )
    for page in plan.gone:
        library.forget("docs", page.public_id)
    for page in plan.empty_groups:
        if not Page.objects.filter(parent=page.pk).exists():
            Page.objects.filter(pk=page.pk).delete()


def _keep_drawn(drawing: "Drawing") -> None:
    for one in drawing.redrawn:
        one.page.save(update_fields=["html", "outline", "drawn_by"])
        if one.page.section_id:
            touch(one.page.section)
    keep(_distinct([*drawing.drawn, *drawing.redrawn]))


def _distinct(drawn: list[Drawn]) -> list[Drawn]:
    return list({one.page.pk: one for one in drawn}.values())


def _changed(plans: Plans) -> list[str]:
    """The pages that readers see otherwise than before, or not any more."""
    seen = [one.page for plan, _taker in plans for one in plan.wanted if one.is_seen]
    return [page.public_id for page in [*seen, *(one for plan, _ in plans for one in plan.gone)]]


def _is_seen(plan: "SectionPlan", taker: "FileTaker") -> bool:
    """Whether readers may see something else than before."""
    is_other = any(one.is_seen for one in plan.wanted)
    return bool(is_other or plan.gone or plan.empty_groups or taker.new or taker.changed)
