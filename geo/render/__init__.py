"""A report for programs (JSON, GeoJSON, CSV) and for people (a table).

Every renderer only reads a report, returns text and writes nothing. What an article says is a stranger's text: none
of it acts, whatever it holds, in a terminal, a spreadsheet or a line of JSON.
"""

from geo.render.geojson import to_geojson
from geo.render.record import failure_to_dict, failure_to_json, to_dict, to_json
from geo.render.sheet import to_csv
from geo.render.table import to_table

__all__ = ["failure_to_dict", "failure_to_json", "to_csv", "to_dict", "to_geojson", "to_json", "to_table"]
