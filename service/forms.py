"""The records of the other rooms -> the JSON forms of the API; used by the routes, the pages and `search --json`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from index.search import Answer, Coverage, Hit
from ingest import document as records
from ingest.parts import parts
from ingest.regions import Region, regions
from ingest.themes import themes
from service import schemas
from service.citation import running_citation
from service.library import Library, find_document


def document_url(file: str) -> str:
    """Where the API describes a document; a file name may hold spaces, slashes and worse."""
    return f"/v1/documents/{quote(file, safe='')}"


def page_url(file: str, page: int) -> str:
    """A link that opens the PDF at a 1-based page."""
    return f"{document_url(file)}/file#page={page}"


def find_page(document: records.Document, number: int) -> records.Page | None:
    """The page with a 1-based number, or None."""
    return next((page for page in document.pages if page.number == number), None)


def coverage_form(coverage: Coverage) -> schemas.Coverage:
    """What was searched."""
    return schemas.Coverage(
        documents=coverage.documents,
        pages=coverage.pages,
        passages=coverage.passages,
        unreadable_pages=coverage.unreadable_pages,
        index_built=coverage.index_built,
    )


def passage_fields(library: Library, passage: records.Passage) -> dict[str, Any]:
    """The fields that a passage and a hit share."""
    document = find_document(library, passage.document)
    if document is None:
        raise LookupError(f"passage {passage.id} cites {passage.document!r}, which the index does not hold")
    page = find_page(document, passage.page)
    return {
        "passage_id": passage.id,
        "document": passage.document,
        "title": document.title,
        "publisher": document.publisher,
        "year": document.year or None,
        "page": passage.page,
        "page_label": page.label if page else "",
        "regions": list(passage.regions),
        "theme": passage.theme,
        "section": list(passage.section),
        "kind": passage.kind,
        "lead": passage.lead,
        "text": passage.text,
        "citation": running_citation(document, passage.page),
        "url": page_url(passage.document, passage.page),
        "cells": [schemas.Cell.model_validate(asdict(cell)) for cell in passage.cells],
        "activity": activity_form(passage.activity),
        "also": also(library, passage.id),
    }


def activity_form(activity: records.Activity | None) -> schemas.Activity | None:
    """What is planned, in the passage's own words."""
    return schemas.Activity.model_validate(asdict(activity)) if activity else None


def also(library: Library, passage_id: str) -> list[schemas.Place]:
    """Where nearly the same stands; hits are not folded into one, for that loses pages that answer as well."""
    others = (library.searcher.passage(name) for name in library.searcher.duplicates(passage_id))
    return [schemas.Place(document=other.document, page=other.page, passage_id=other.id) for other in others if other]


def attribution_forms(page: records.Page | None, names: Collection[str]) -> list[schemas.Attribution]:
    """Why a page is said to speak of these regions."""
    held = page.attributions if page else ()
    return [schemas.Attribution.model_validate(asdict(one)) for one in held if one.region in names]


def passage_form(library: Library, passage: records.Passage) -> schemas.Passage:
    """One passage with its source."""
    return schemas.Passage(**passage_fields(library, passage))


def hit_form(library: Library, hit: Hit) -> schemas.Hit:
    """One hit with its source and the reasons why it was found."""
    document = find_document(library, hit.passage.document)
    why = schemas.Why(
        lexical=hit.why.lexical,
        dense=hit.why.dense,
        matched=list(hit.why.matched),
        region=list(hit.why.region),
        synonyms=[schemas.Synonym.model_validate(one._asdict()) for one in hit.why.synonyms],
        evidence=attribution_forms(find_page(document, hit.passage.page) if document else None, hit.why.region),
    )
    return schemas.Hit(
        rank=hit.rank,
        score=hit.score,
        highlights=list(hit.highlights),
        sentence=hit.sentence,
        why=why,
        **passage_fields(library, hit.passage),
    )


def answer_form(library: Library, answer: Answer) -> schemas.SearchAnswer:
    """A whole answer, with what was searched."""
    return schemas.SearchAnswer(
        query=answer.query,
        corrected=[schemas.Correction(asked=one.asked, used=one.used) for one in answer.corrected],
        compare=answer.compares,
        answered=answer.answered,
        message="" if answer.answered else no_answer(answer),
        confidence=answer.confidence,
        unknown_words=list(answer.unknown),
        hits=[hit_form(library, hit) for hit in answer.hits],
        coverage=coverage_form(library.coverage),
    )


def no_answer(answer: Answer) -> str:
    """What to say when the documents do not seem to answer."""
    nearest = " Hieronder staat wat er het dichtst bij komt." if answer.hits else ""
    return f"In deze documenten is geen antwoord gevonden op: {answer.query}{nearest}"


def section_tree(sections: Sequence[records.Section]) -> list[schemas.Section]:
    """Nest sections that stand in document order: each falls under the last one with a lower level."""
    roots: list[dict[str, Any]] = []
    open_sections: list[dict[str, Any]] = []
    for section in sections:
        node = {
            "title": section.title,
            "level": section.level,
            "first_page": section.first_page,
            "last_page": section.last_page,
            "regions": list(section.regions),
            "theme": section.theme,
            "sections": [],
        }
        while open_sections and open_sections[-1]["level"] >= section.level:
            open_sections.pop()
        (open_sections[-1]["sections"] if open_sections else roots).append(node)
        open_sections.append(node)
    return [schemas.Section(**root) for root in roots]


def summary_fields(document: records.Document) -> dict[str, Any]:
    """The fields that a document has in the list and on its own."""
    return {
        "document": document.file,
        "title": document.title,
        "publisher": document.publisher,
        "year": document.year or None,
        "kind": document.kind,
        "regions": list(document.regions),
        "pages": len(document.pages),
        "passages": len(document.passages),
        "warnings": list(document.warnings),
        "notices": list(document.notices),
        "incomplete": document.incomplete,
        "url": document_url(document.file),
        "file_url": f"{document_url(document.file)}/file",
    }


def document_form(document: records.Document) -> schemas.Document:
    """One document with its sections as a tree."""
    return schemas.Document(
        **summary_fields(document),
        sha256=document.sha256,
        page_warnings=[
            schemas.PageWarning(page=page.number, warning=page.warning) for page in document.pages if page.warning
        ],
        sections=section_tree(document.sections),
    )


def documents_form(library: Library) -> schemas.DocumentList:
    """Every document in the index, and what could not be read."""
    return schemas.DocumentList(
        documents=[schemas.DocumentSummary(**summary_fields(document)) for document in library.searcher.documents],
        failures=[
            schemas.Failure(file=failure.file, page=failure.page, reason=failure.reason) for failure in library.failures
        ],
        coverage=coverage_form(library.coverage),
    )


def page_form(document: records.Document, page: records.Page) -> schemas.PageForm:
    """One page with its text and the headings that it falls under."""
    return schemas.PageForm(
        document=document.file,
        page=page.number,
        page_label=page.label,
        regions=list(page.regions),
        attributions=attribution_forms(page, page.regions),
        themes=list(page.themes),
        sections=[
            list(section.path)
            for section in document.sections
            if section.first_page <= page.number <= section.last_page
        ],
        passages=[passage.id for passage in document.passages if passage.page == page.number],
        text=page.text,
        problem=page.problem,
        warning=page.warning,
        url=page_url(document.file, page.number),
    )


def region_list(library: Library) -> schemas.RegionList:
    """Every region of the gazetteer, in its order; a region has the gemeenten of its parts too."""
    return schemas.RegionList(
        regions=[
            schemas.RegionForm(
                name=region.name,
                kind=region.kind,
                parent=region.parent or None,
                municipalities=_of_parts(region.name, lambda part: part.municipalities),
                uncertain=_of_parts(region.name, lambda part: part.uncertain),
                covered=region.name in library.regions,
            )
            for region in regions()
        ]
    )


def _of_parts(name: str, names: Callable[[Region], Sequence[str]]) -> list[str]:
    return sorted({one for region in regions() if name in {region.name, region.parent} for one in names(region)})


def theme_list(library: Library) -> schemas.ThemeList:
    """Every theme of both vocabularies, and the other parts of an impactkaart."""
    return schemas.ThemeList(
        themes=[
            schemas.ThemeForm(
                name=theme.name,
                vocabulary=theme.vocabulary,
                maps_to=list(theme.maps_to),
                covered=theme.name in library.themes,
            )
            for theme in themes()
        ],
        parts=[schemas.PartForm(name=part.name, variants=list(part.variants)) for part in parts()],
    )
