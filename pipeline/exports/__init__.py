"""Writers of the files that other tools open, one module a family of formats."""

FOLDER = "export"  # below that of the reports
FILES = (
    "coauthors.graphml",
    "coauthors.gexf",
    "coauthors.net",
    "coauthors_vosviewer_map.txt",
    "coauthors_vosviewer_network.txt",
    "papers.bib",
    "papers.ris",
    "reports.xlsx",
)
