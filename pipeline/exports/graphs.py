"""The co-author network for Gephi (GEXF), yEd and others (GraphML), Pajek and VOSviewer.

Written here and not by a graph library: those put a date and their version into the file, or leave
the signs of a label as they are that the format reads as its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# What XML 1.0 cannot hold, not even as a reference.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
GRAPHML_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column of nodes or edges, and its type."""

    name: str
    type: type


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes with id and name first, edges with two ids and their weight first; then attributes."""

    nodes: Sequence[Sequence[Any]]
    edges: Sequence[Sequence[Any]]
    node_attributes: Sequence[Attribute]
    edge_attributes: Sequence[Attribute]


def attribute(text: object) -> str:
    """A text as the value of an XML attribute, quotes included."""
    return quoteattr(NOT_IN_XML.sub("\ufffd", str(text)))


def cell(value: object) -> str:
    """A value in the spelling of both XML formats."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def graphml(graph: Graph) -> Iterator[str]:
    """The lines of a GraphML file."""
    yield HEAD
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    label, weight = Attribute("label", str), Attribute("weight", int)
    kinds = (
        ("node", [label, *graph.node_attributes]),
        ("edge", [weight, *graph.edge_attributes]),
    )
    for kind, attributes in kinds:
        for column in attributes:
            yield (
                f'<key id="{kind}_{column.name}" for="{kind}" attr.name="{column.name}" '
                f'attr.type="{GRAPHML_TYPES[column.type]}"/>'
            )
    yield '<graph edgedefault="undirected">'
    for number, *values in graph.nodes:
        data = "".join(graphml_data("node", kinds[0][1], values))
        yield f'<node id="{number}">{data}</node>'
    for start, end, *values in graph.edges:
        data = "".join(graphml_data("edge", kinds[1][1], values))
        yield f'<edge source="{start}" target="{end}">{data}</edge>'
    yield "</graph>"
    yield "</graphml>"


def graphml_data(
    kind: str, attributes: Iterable[Attribute], values: Iterable[object]
) -> Iterator[str]:
    """The values of one node or edge that there are."""
    for column, value in zip(attributes, values, strict=True):
        if value is not None:
            yield f'<data key="{kind}_{column.name}">{escaped(cell(value))}</data>'


def escaped(text: str) -> str:
    """A text between XML tags."""
    text = NOT_IN_XML.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def gexf(graph: Graph) -> Iterator[str]:
    """The lines of a GEXF 1.2 file."""
    yield HEAD
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    yield '<graph defaultedgetype="undirected" mode="static">'
    for kind, attributes in (("node", graph.node_attributes), ("edge", graph.edge_attributes)):
        yield f'<attributes class="{kind}" mode="static">'
        for number, column in enumerate(attributes):
            name = GRAPHML_TYPES[column.type]
            yield f'<attribute id="{number}" title="{column.name}" type="{name}"/>'
        yield "</attributes>"
    yield "<nodes>"
    for number, label, *values in graph.nodes:
        yield f'<node id="{number}" label={attribute(label)}>{gexf_values(values)}</node>'
    yield "</nodes>"
    yield "<edges>"
    for place, (start, end, weight, *values) in enumerate(graph.edges):
        yield (
            f'<edge id="{place}" source="{start}" target="{end}" weight="{weight}">'
            f"{gexf_values(values)}</edge>"
        )
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def gexf_values(values: Iterable[object]) -> str:
    """The attributes of one node or edge that there are."""
    found = "".join(
        f'<attvalue for="{number}" value={attribute(cell(value))}/>'
        for number, value in enumerate(values)
        if value is not None
    )
    return f"<attvalues>{found}</attvalues>"


def pajek(graph: Graph) -> Iterator[str]:
    """The lines of a Pajek file; its vertices are numbered from 1 in the order of the nodes."""
    yield f"*Vertices {len(graph.nodes)}"
    places = {}
    for place, (number, label, *_) in enumerate(graph.nodes, start=1):
        places[number] = place
        yield f"{place} {quoted(label)}"
    yield "*Edges"
    for start, end, weight, *_ in graph.edges:
        yield f"{places[start]} {places[end]} {weight}"


def vosviewer_map(graph: Graph) -> Iterator[str]:
    """The lines of a VOSviewer map file: an author a line; links are in the network file."""
    names = [column.name for column in graph.node_attributes]
    papers, first_year = names.index("papers"), names.index("first_year")
    yield "id\tlabel\tweight<Papers>\tscore<First year>"
    for number, label, *values in graph.nodes:
        year = "" if values[first_year] is None else values[first_year]
        yield f"{number}\t{quoted(label)}\t{values[papers]}\t{year}"


def vosviewer_network(graph: Graph) -> Iterator[str]:
    """The lines of a VOSviewer network file: two ids and how many papers join them."""
    for start, end, weight, *_ in graph.edges:
        yield f"{start}\t{end}\t{weight}"


def quoted(label: str) -> str:
    """A label on one line and in quotes, for formats that cannot escape a quote inside."""
    plain = " ".join(NOT_IN_XML.sub("\ufffd", label).split())
    return '"' + plain.replace('"', "'") + '"'
