"use client";

import { ReadError, type ReadErrorProps } from "@/components/layout/read-error";

export default function ChartError(props: Pick<ReadErrorProps, "error" | "reset">) {
  return (
    <ReadError
      {...props}
      title="The chart could not be read"
      means="Nothing is lost: the data is in the database."
    />
  );
}
