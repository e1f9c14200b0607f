"use client";

import { ReadError, type ReadErrorProps } from "@/components/layout/read-error";

export default function ItemsError(props: Pick<ReadErrorProps, "error" | "reset">) {
  return (
    <ReadError
      {...props}
      title="The items could not be read"
      means="Nothing is lost: the data is in the database."
    />
  );
}
