import { Fragment } from "react";

/** An endpoint's name, which a narrow cell breaks at its slashes and not in the middle of a word. */
export function Endpoint({ name }: { name: string }) {
  return name.split("/").map((part, index) => (
    <Fragment key={index}>
      {index > 0 ? (
        <>
          /<wbr />
        </>
      ) : null}
      {part}
    </Fragment>
  ));
}
