"""The other tools, each in a virtual environment of its own.

All packages are pinned, those that a tool needs as well; nothing else is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.environment import make_environment, succeeds

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = {
    "pandas": """
        numpy==2.4.6 pandas==3.1.1 pyarrow==26.0.1 python-dateutil==4.0.0 tzdata==2026.6
    """.split(),
    "networkx": """
        networkx==3.6.1 pyarrow==26.0.1
    """.split(),
    "metaknowledge": """
        metaknowledge==3.4.1 networkx==3.6.1 numpy==2.4.6 pandas==3.1.1 python-dateutil==4.0.0
        tzdata==2026.6
    """.split(),
    "bibx": """
        annotated-types==0.8.0 bibtexparser==1.4.4 bibx==0.9.2 certifi==2026.10.18
        charset-normalizer==3.5.2 click==8.2.1 idna==3.20 markdown-it-py==4.3.0 mdurl==0.1.2
        networkx==3.6.1 numpy==2.4.6 pandas==3.1.1 pydantic==2.11.10 pydantic_core==2.33.2
        Pygments==2.21.0 pyparsing==3.3.3 python-dateutil==4.0.0 requests==2.32.5 rich==15.0.0
        shellingham==1.5.4 typer==0.17.5 typing-inspection==0.4.5 typing_extensions==4.16.0
        tzdata==2026.6 urllib3==2.8.0
    """.split(),
    "litstudy": """
        asttokens==3.0.2 bibtexparser==1.4.4 certifi==2026.10.18 charset-normalizer==3.5.2
        cloudpickle==3.1.2 contourpy==1.3.3 cycler==0.12.1 executing==2.3.0 feedparser==6.0.14
        feedparser-sgmllib==2.1.0 fonttools==4.68.0 gensim==4.4.0 idna==3.20 ipython==9.18.1
        ipython_pygments_lexers==1.1.1 jedi==0.20.1 Jinja2==3.1.6 joblib==1.6.0 jsonpickle==4.1.4
        kiwisolver==1.5.1 litstudy==1.0.6 MarkupSafe==3.0.4 matplotlib==3.11.2
        matplotlib-inline==0.2.2 narwhals==2.29.0 networkx==3.6.1 numpy==2.4.6 packaging==26.3
        pandas==3.1.1 parso==0.8.7 pexpect==4.9.0 pillow==13.0.0 prompt_toolkit==3.0.53
        psutil==7.2.2 ptyprocess==0.7.0 pure_eval==0.2.4 pybliometrics==4.4.1 Pygments==2.21.0
        pyparsing==3.3.3 python-dateutil==4.0.0 pyvis==0.3.2 requests==2.34.2 scikit-learn==1.9.1
        scipy==1.17.1 seaborn==0.13.2 smart_open==9.0.2 stack-data==0.6.3 threadpoolctl==3.8.0
        tqdm==4.70.1 traitlets==5.16.1 typing_extensions==4.16.0 tzdata==2026.6 Unidecode==1.4.0
        urllib3==2.8.0 wcwidth==0.9.4 wordcloud==1.9.6 wrapt==2.5.2
    """.split(),
    "biblium": """
        adjustText==1.4.0 biblium==2.16.1 certifi==2026.10.18 charset-normalizer==3.5.2 click==8.5.1
        cloudpickle==3.1.2 contourpy==1.3.3 cycler==0.12.1 defusedxml==0.7.1 et_xmlfile==2.0.0
        fonttools==4.68.0 formulaic==1.2.2 idna==3.20 interface_meta==2.0.1 joblib==1.6.0
        kiwisolver==1.5.1 lxml==6.1.3 matplotlib==3.11.2 narwhals==2.29.0 networkx==3.6.1
        nltk==3.10.4 numpy==2.4.6 openpyxl==3.1.5 packaging==26.3 pandas==3.1.1 patsy==1.0.3
        pillow==13.0.0 pyparsing==3.3.3 python-dateutil==4.0.0 python-docx==1.2.0 python-pptx==1.0.2
        RapidFuzz==3.14.6 regex==2026.11.15 reportlab==5.1.0 requests==2.34.2 scikit-learn==1.9.1
        scipy==1.17.1 seaborn==0.13.2 squarify==0.4.5 statsmodels==0.15.0 thefuzz==0.22.1
        threadpoolctl==3.8.0 tqdm==4.70.1 typing_extensions==4.16.0 tzdata==2026.6 urllib3==2.8.0
        wordcloud==1.9.6 wrapt==2.5.2 xlsxwriter==3.3.1
    """.split(),
}


def installed(tool: str, folder: Path) -> Path | None:
    """The Python of a tool's environment, which is made if need be; None if it can't be had."""
    environment = folder / tool
    program, noted = environment / "bin" / "python", environment / "packages.txt"
    wanted = "\n".join(PACKAGES[tool])
    if not noted.exists() or noted.read_text(encoding="utf-8") != wanted:
        make_environment(environment)
        options = ["--quiet", "--disable-pip-version-check", "--no-deps"]
        if not succeeds(program, "-m", "pip", "install", *options, *PACKAGES[tool], quiet=False):
            return None
        noted.write_text(wanted, encoding="utf-8")
    return program


def version_of(tool: str) -> str:
    """The pinned version of the tool itself."""
    versions = dict(package.split("==") for package in PACKAGES[tool])
    return versions[tool]
