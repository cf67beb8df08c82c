"""How do the pages of a source come up to date? Its last commit is imported as any tree is."""

from handrail.mediums.docs.actions import runs, sources
from handrail.mediums.docs.importing import Options, import_tree
from handrail.mediums.docs.importing.git import Unreachable, fetched
from handrail.mediums.docs.importing.report import Report
from handrail.mediums.docs.models import Source
from handrail.people.viewer import Viewer


def pull_source(viewer: Viewer, source: Source, *, even_known: bool = False) -> Report | None:
    """Fetches and imports; None where there is nothing new, or nothing could be fetched.

    Why it could not is kept as a run, once: a server that is away for a day says so in one line.
    """
    report = Report()
    known = "" if even_known else source.commit
    name = source.url.rstrip("/").rpartition("/")[2].removesuffix(".git")
    options = Options(section=source.section_slug, name=name, source=source)
    try:
        with fetched(source.url, source.branch, source.folder, known, report) as found:
            if found.tree is not None:
                report = import_tree(viewer, found.tree, report, options)
            sources.note_pull(viewer, source, found.commit)
            return report if found.tree is not None else None
    except Unreachable as error:
        if runs.last_failure(viewer, source) != str(error):
            runs.fail(viewer, runs.begin(viewer, source), str(error))
        return None
