"""Folds a fleet's whole record by a new program, on Apache Spark.

    fleet export > record.jsonl
    spark-submit backfill.py store record.jsonl record.parquet
    spark-submit backfill.py fold record.parquet folded
    fleet load folded/part-*

Spark divides the record by member and starts `fleet fold` for each part. It knows nothing of programs and points.
"""

import argparse
import os
import shlex
import sys

from pyspark.sql import SparkSession, functions

# What `fleet export` writes: an activity of a member, or a member without any.
RECORD = "member string, revision long, activities long, content string"


def store(spark, arguments):
    """Stores the lines of `fleet export` in Parquet."""
    spark.read.schema(RECORD).json(arguments.lines, mode="FAILFAST").write.parquet(arguments.parquet)


def fold(spark, arguments):
    """Folds the record in Parquet, each member by one process of `fleet fold`."""
    record = spark.read.parquet(arguments.parquet)
    # The number is stated so that Spark does not join small parts: a part that is lost is begun again.
    parts = 4 * spark.sparkContext.defaultParallelism
    grouped = record.repartition(parts, "member").sortWithinPartitions("member")
    lines = grouped.select(functions.to_json(functions.struct(*record.columns))).rdd.map(lambda row: row[0])
    command = shlex.join([arguments.fleet, "fold", "--program", arguments.program])
    # Without `checkCode`, a process that dies would look like one that had nothing more to write. The environment
    # would be empty; only what a program needs to be found is passed on, and no passwords.
    folded = lines.pipe(command, env={"PATH": os.environ.get("PATH", os.defpath)}, checkCode=True)
    folded.saveAsTextFile(arguments.folded)

    expected = record.select("member").distinct().count()
    written = spark.read.text(arguments.folded).count()
    if written != expected:
        sys.exit(f"{expected} members are in the record, but {written} were folded")
    print(f"{written} members folded in {parts} parts")


def main():
    parser = argparse.ArgumentParser(description="Folds a fleet's record by a new program, on Apache Spark")
    commands = parser.add_subparsers(required=True)

    command = commands.add_parser("store", help="store what `fleet export` wrote in Parquet")
    command.add_argument("lines", help="what `fleet export` wrote")
    command.add_argument("parquet", help="where to store it; must not exist")
    command.set_defaults(run=store)

    command = commands.add_parser("fold", help="fold the record in Parquet")
    command.add_argument("parquet", help="what `store` wrote")
    command.add_argument("folded", help="where to write folded members, for `fleet load`; must not exist")
    command.add_argument("--fleet", default="./fleet", help="the binary on each executor (default: %(default)s)")
    command.add_argument(
        "--program", default="./program.toml", help="the new program on each executor (default: %(default)s)"
    )
    command.set_defaults(run=fold)

    arguments = parser.parse_args()
    spark = SparkSession.builder.appName("fleet backfill").getOrCreate()
    try:
        arguments.run(spark, arguments)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
