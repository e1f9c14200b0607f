"use client";

import { ReadError, type ReadErrorProps } from "@/components/layout/read-error";

export default function Box1Error(props: Pick<ReadErrorProps, "error" | "reset">) {
  return (
    <ReadError
      {...props}
      title="The table could not be read"
      means="Nothing is lost: the data is in the database."
    />
  );
}
