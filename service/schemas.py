"""The JSON forms of the API. A change here is a change of the contract that other programs rely on."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Region = Annotated[str, Field(examples=["Utrecht Stad"])]
File = Annotated[str, Field(description="Bestandsnaam van het document", examples=["regioplan-voorbeeld.pdf"])]
PageNumber = Annotated[int, Field(ge=1, description="Pagina in de PDF, vanaf 1", examples=[12])]


class Form(BaseModel):
    """What all forms share: they cannot change once made."""

    model_config = ConfigDict(frozen=True)


class Coverage(Form):
    """Wat er doorzocht is."""

    documents: int = Field(examples=[5])
    pages: int = Field(examples=[469])
    passages: int = Field(examples=[4210])
    unreadable_pages: int = Field(examples=[3])
    index_built: str = Field(
        description="Wanneer gemaakt (ISO 8601, UTC)",
        examples=["2026-01-31T09:00:00Z"],
        json_schema_extra={"format": "date-time"},
    )


class Attribution(Form):
    """Waarom wij zeggen dat een pagina over een regio gaat."""

    region: Region
    evidence: str = Field(description="De regel die het zegt", examples=["Regioplan Utrecht Stad"])
    page: PageNumber
    confidence: float = Field(ge=0, le=1, examples=[0.95])


class Synonym(Form):
    """Een ander woord in het fragment dat meetelt voor een woord van de vraag."""

    asked: str = Field(description="Zoals het in de vraag staat", examples=["telefonisten"])
    found: str = Field(description="Zoals het in het fragment staat", examples=["triagisten"])
    relation: Literal["synonym", "narrower", "broader", "related", "compound"] = Field(
        description="Wat het gevonden woord is: hetzelfde, enger, ruimer, verwant, of een samenstelling ermee"
    )


class Why(Form):
    """Waarom dit fragment gevonden is."""

    lexical: float = Field(description="Aandeel van de woorden")
    dense: float = Field(description="Aandeel van de betekenis")
    matched: list[str] = Field(description="Woorden van de vraag in het fragment", examples=[["valpreventie"]])
    region: list[str] = Field(description="Regio's uit de vraag waar het fragment over gaat")
    synonyms: list[Synonym] = Field(default=[], description="Andere woorden die meetelden")
    evidence: list[Attribution] = Field(default=[], description="Waaruit blijkt dat het over die regio's gaat")


class Extract(Form):
    """Woorden uit een fragment, met wat ze betekenen."""

    text: str = Field(examples=["vanaf maart 2026"])
    start: int = Field(ge=0, description="Begin in `text` van het fragment, in Unicode-tekens")
    end: int = Field(ge=0)
    value: str = Field(
        description="Gangbare naam, periode volgens ISO 8601 of bedrag in hele euro's; leeg als dat niet te zeggen is",
        examples=["2026-03/.."],
    )


class Activity(Form):
    """Wat er over een voorgenomen activiteit staat. Een leeg veld: dat staat er niet."""

    groups: list[Extract] = Field(description="Doelgroepen")
    sectors: list[Extract] = Field(description="Sectoren")
    partners: list[Extract] = Field(description="Organisaties die genoemd worden")
    terms: list[Extract] = Field(description="Wanneer: begin, eind of periode")
    money: list[Extract] = Field(description="Bedragen")


class Cell(Form):
    """Een cel van een tabel: onder welke kolom de woorden staan."""

    column: str = Field(description="Naam van de kolom; bij een cel over meer kolommen alle namen", examples=["Kosten"])
    start: int = Field(ge=0, description="Begin in `text` van het fragment, in Unicode-tekens")
    end: int = Field(ge=0)


class Place(Form):
    """Waar een ander fragment staat."""

    document: File
    page: PageNumber
    passage_id: str = Field(examples=["0f3a9c1e5b7d2468"])


class Passage(Form):
    """Een fragment van één pagina, met bron."""

    passage_id: str = Field(examples=["0f3a9c1e5b7d2468"])
    document: File
    title: str = Field(examples=["Regioplan Voorbeeld"])
    publisher: str = Field(examples=["Zorgkantoor Voorbeeld"])
    year: int | None = Field(description="Leeg als het jaar onbekend is", examples=[2024])
    page: PageNumber
    page_label: str = Field(description="Het gedrukte paginanummer, of leeg", examples=["10"])
    regions: list[Region]
    theme: str = Field(examples=["Gezond ouder worden"])
    section: list[str] = Field(description="Koppen boven het fragment", examples=[["Aanpak", "Valpreventie"]])
    kind: str = Field(description="Soort tekst", examples=["body"])
    lead: str = Field(
        default="",
        description="De zin boven de opsomming waarin het fragment begint, als die in een eerder fragment staat",
        examples=["Dit doen wij voor ouderen:"],
    )
    text: str = Field(examples=["Ouderen volgen een cursus valpreventie."])
    citation: str = Field(examples=["Zorgkantoor Voorbeeld, Regioplan Voorbeeld, 2024, p. 12"])
    url: str = Field(examples=["/v1/documents/regioplan-voorbeeld.pdf/file#page=12"])
    cells: list[Cell] = Field(default=[], description="De cellen van tabelrijen; elke rij is een regel van `text`")
    activity: Activity | None = Field(default=None, description="Leeg als er geen voorgenomen activiteit staat")
    also: list[Place] = Field(default=[], description="Waar bijna hetzelfde staat, soms over een andere regio")


class Hit(Passage):
    """Een gevonden fragment."""

    rank: int = Field(ge=1, examples=[1])
    score: float = Field(ge=0, le=1, examples=[0.83])
    highlights: list[tuple[int, int]] = Field(
        description="Begin en eind van de woorden van de vraag in `text`, in Unicode-tekens", examples=[[[26, 38]]]
    )
    sentence: tuple[int, int] = Field(
        description="Begin en eind in `text` van de zin die het best antwoordt, in Unicode-tekens", examples=[[0, 39]]
    )
    why: Why


class Correction(Form):
    """Een woord uit de vraag dat als tikfout is hersteld."""

    asked: str = Field(description="Zoals het in de vraag staat", examples=["valprevntie"])
    used: str = Field(description="Waarnaar gezocht is", examples=["valpreventie"])


class SearchAnswer(Form):
    """Het antwoord op een vraag."""

    query: str = Field(examples=["Wat doet de regio aan valpreventie?"])
    corrected: list[Correction] = Field(
        default=[], description="Herstelde tikfouten. Wat tussen aanhalingstekens staat, wordt nooit hersteld"
    )
    compare: Literal["", "regio", "subregio"] = Field(
        default="",
        description="Het niveau als de vraag over alle regio's gaat; vraag dan /v1/compare. Anders leeg",
    )
    answered: bool = Field(description="Onwaar als de documenten de vraag niet lijken te beantwoorden")
    message: str = Field(default="", description="Wat te zeggen als er geen antwoord gevonden is; anders leeg")
    confidence: float = Field(ge=0, le=1, examples=[0.71])
    unknown_words: list[str] = Field(description="Woorden uit de vraag die in geen enkel fragment staan")
    hits: list[Hit]
    coverage: Coverage


class Section(Form):
    """Een kop met wat eronder valt."""

    title: str
    level: int = Field(ge=1)
    first_page: PageNumber
    last_page: PageNumber
    regions: list[Region]
    theme: str
    sections: list["Section"]


class DocumentSummary(Form):
    """Een document in de lijst."""

    document: File
    title: str
    publisher: str
    year: int | None
    kind: str
    regions: list[Region]
    pages: int
    passages: int
    warnings: list[str]
    notices: list[str] = Field(description="Welke persoonsgegevens gevonden zijn en hoeveel, zonder die gegevens zelf")
    incomplete: bool = Field(description="Waar als een grens het lezen heeft afgebroken")
    url: str = Field(examples=["/v1/documents/regioplan-voorbeeld.pdf"])
    file_url: str = Field(examples=["/v1/documents/regioplan-voorbeeld.pdf/file"])


class PageWarning(Form):
    """Een pagina waarvan tekst is weggelaten die niemand kan zien."""

    page: PageNumber
    warning: str


class Document(DocumentSummary):
    """Een document met zijn inhoudsopgave."""

    sha256: str
    page_warnings: list[PageWarning] = Field(description="Pagina's met verborgen tekst, die is weggelaten")
    sections: list[Section]


class Failure(Form):
    """Wat niet gelezen kon worden."""

    file: str
    page: int = Field(description="0 als het om het hele bestand gaat")
    reason: str


class DocumentList(Form):
    """Alle documenten in de index, en wat niet gelezen kon worden."""

    documents: list[DocumentSummary]
    failures: list[Failure]
    coverage: Coverage


class PageForm(Form):
    """Een pagina van een document."""

    document: File
    page: PageNumber
    page_label: str
    regions: list[Region]
    attributions: list[Attribution] = Field(description="Waaruit blijkt over welke regio's de pagina gaat")
    themes: list[str]
    sections: list[list[str]] = Field(description="Koppen waar deze pagina onder valt, als pad")
    passages: list[str] = Field(description="Namen van de fragmenten op deze pagina")
    text: str
    problem: str = Field(description="Waarom de pagina geen tekst gaf, of leeg")
    warning: str = Field(description="Welke verborgen tekst van de pagina is weggelaten, of leeg")
    url: str


class RegionForm(Form):
    """Een regio die wij kennen."""

    name: Region
    kind: str = Field(examples=["subregio"])
    parent: str | None = Field(examples=["Utrecht"])
    municipalities: list[str] = Field(description="Gemeenten, ook die van de delen", examples=[["Houten", "Lopik"]])
    uncertain: list[str] = Field(description="Gemeenten die er waarschijnlijk bij horen, maar zeker is dat niet")
    covered: bool = Field(description="Of een document in de index over deze regio gaat")


class RegionList(Form):
    """Alle regio's."""

    regions: list[RegionForm]


class ThemeForm(Form):
    """Een thema dat wij kennen."""

    name: str = Field(examples=["Digitale zorg"])
    vocabulary: str = Field(examples=["impactkaart"])
    maps_to: list[str] = Field(description="Verwante thema's in de andere indeling")
    covered: bool


class PartForm(Form):
    """Een onderdeel van een impactkaart dat geen thema is."""

    name: str = Field(examples=["Doelgroepen"])
    variants: list[str] = Field(description="Woorden waaraan de kop te herkennen is")


class ThemeList(Form):
    """Alle thema's, en de andere onderdelen van een impactkaart."""

    themes: list[ThemeForm]
    parts: list[PartForm]


class Health(Form):
    """Of de dienst leeft en vragen kan beantwoorden."""

    status: Literal["ok", "niet gereed"]
    live: bool
    ready: bool
    version: str
    index_built: str
    problem: str = Field(description="Waarom de (nieuwste) index niet geopend kon worden, of leeg")


class Problem(BaseModel):
    """Een fout, zoals RFC 9457 die beschrijft."""

    type: str = Field(default="about:blank")
    title: str = Field(examples=["Niet gevonden"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["Er is geen document 'plan.pdf'."])
    instance: str = Field(examples=["/v1/documents/plan.pdf"])
    code: str = Field(description="Vaste naam van de fout, voor programma's", examples=["unknown-document"])
    errors: list[dict[str, str]] = Field(default=[], description="Per veld wat er mis is")
