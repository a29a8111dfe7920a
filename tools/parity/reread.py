"""Reads vectors with pyarrow, compares their values and writes them again.

Reads lines `<values as JSON> TAB <stream in hex>` from stdin and answers each with `ok <stream in hex>` or `error <message>`.
The values are compared under the rules of docs/vectors.md, written here a second time, in another language than the first.
"""

import base64
import decimal
import json
import math
import sys

import pyarrow as pa

WIDE = decimal.Context(prec=80)


def read_stream(data):
    with pa.ipc.open_stream(data) as reader:
        batches = list(reader)
    if len(batches) != 1:
        raise ValueError(f"{len(batches)} record batches instead of one")
    batches[0].validate(full=True)
    return batches[0]


def integers(array):
    """The integers that a temporal array stores."""
    width = array.type.bit_width
    return array.view(pa.int32() if width == 32 else pa.int64())


def scalar(array, row):
    return array[row].as_py()


def json_value(array, row, wanted):
    """Element `row` of an array in the form of docs/vectors.md. `wanted` says whether bytes are a record, a batch or a schema."""
    if not array[row].is_valid:
        return None
    kind = array.type
    if pa.types.is_dictionary(kind):
        return json_value(array.dictionary, array.indices[row].as_py(), wanted)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return bytes_value(scalar(array, row), wanted)
    if pa.types.is_map(kind):
        start, end = array.offsets[row].as_py(), array.offsets[row + 1].as_py()
        at = lambda index, side: wanted[index - start][side] if isinstance(wanted, list) and index - start < len(wanted) else None
        return [[json_value(array.keys, i, at(i, 0)), json_value(array.items, i, at(i, 1))] for i in range(start, end)]
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        items = array[row].values
        at = lambda index: wanted[index] if isinstance(wanted, list) and index < len(wanted) else None
        return [json_value(items, i, at(i)) for i in range(len(items))]
    if pa.types.is_struct(kind):
        at = lambda name: wanted.get(name) if isinstance(wanted, dict) else None
        return {child.name: json_value(array.field(i), row, at(child.name)) for i, child in enumerate(kind)}
    if pa.types.is_boolean(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return scalar(array, row)
    if pa.types.is_floating(kind):
        return float_value(float(scalar(array, row)))
    if pa.types.is_integer(kind):
        value = scalar(array, row)
        return str(value) if kind.bit_width == 64 else value
    if pa.types.is_decimal(kind):
        return str(int(scalar(array, row).scaleb(kind.scale, context=WIDE)))
    if pa.types.is_temporal(kind) and not pa.types.is_interval(kind):
        value = integers(array)[row].as_py()
        return str(value) if kind.bit_width == 64 else value
    if pa.types.is_interval(kind):
        value = scalar(array, row)
        return {"months": value.months, "days": value.days, "nanoseconds": str(value.nanoseconds)}
    raise ValueError(f"no form for {kind}")


def float_value(value):
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 and math.copysign(1, value) < 0:
        return "-0"
    return value


def bytes_value(data, wanted):
    if not isinstance(wanted, dict):
        return base64.b64encode(data).decode()
    if "record" in wanted:
        return {"record": wanted["record"], "values": row_values(read_stream(data), wanted["values"])}
    if "rows" in wanted:
        batch = read_stream(data)
        rows = [[json_value(column, row, None) for column in batch.columns] for row in range(batch.num_rows)]
        return {"schema": fields(batch.schema, wanted), "rows": rows}
    return {"schema": fields(pa.ipc.read_schema(pa.py_buffer(data)), wanted)}


def fields(schema, wanted):
    """Types are compared as Arrow types: the notation for them is ours."""
    texts = {"bool": pa.bool_(), "int64": pa.int64(), "utf8": pa.string(), "timestamp<us, UTC>": pa.timestamp("us", "UTC")}
    known = {field["name"]: field["type"] for field in wanted["schema"]}
    named = lambda field: known.get(field.name) if texts.get(known.get(field.name)) == field.type else str(field.type)
    return [{"name": field.name, "type": named(field), "nullable": field.nullable} for field in schema]


def row_values(batch, wanted):
    if batch.num_rows != 1:
        raise ValueError(f"{batch.num_rows} rows instead of one")
    return {name: json_value(batch.column(name), 0, wanted.get(name)) for name in batch.schema.names}


def rewrite(values, data):
    batch = read_stream(data)
    found = row_values(batch, values)
    if found != values:
        raise ValueError(f"the values are {json.dumps(found)}, not {json.dumps(values)}")
    # A copy of the second of two equal rows: pyarrow lays out buffers and offsets of its own.
    columns = [pa.concat_arrays([column, column]).slice(1, 1) for column in batch.columns]
    copy = pa.RecordBatch.from_arrays(columns, schema=batch.schema) if columns else batch
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, copy.schema) as writer:
        writer.write_batch(copy)
    return sink.getvalue().to_pybytes()


if __name__ == "__main__":
    for line in sys.stdin:
        values, stream = line.rstrip("\n").split("\t")
        try:
            print("ok", rewrite(json.loads(values), bytes.fromhex(stream)).hex())
        except Exception as error:  # whatever it is, it is a finding about this vector
            print("error", type(error).__name__, str(error).replace("\n", " "))
