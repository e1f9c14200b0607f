import { StyleSheet } from "@react-pdf/renderer";
import { family } from "./fonts";

const ink = "#16201e";
const muted = "#57625f";
const line = "#d5dbd9";

/** Points on a page of US Letter. */
export const styles = StyleSheet.create({
  page: {
    paddingVertical: 36,
    paddingHorizontal: 40,
    fontFamily: family,
    fontSize: 8.5,
    color: ink,
    lineHeight: 1.3,
  },
  head: {
    flexDirection: "row",
    justifyContent: "space-between",
    borderBottom: `1.5 solid ${ink}`,
    paddingBottom: 8,
  },
  name: { fontSize: 15, fontWeight: 600, lineHeight: 1, marginBottom: 5 },
  muted: { color: muted },
  employer: {
    fontSize: 10,
    fontWeight: 600,
    textAlign: "right",
    lineHeight: 1,
    marginBottom: 5,
    marginTop: 4,
  },
  facts: { flexDirection: "row", flexWrap: "wrap", paddingVertical: 7, borderBottom: `0.5 solid ${line}` },
  fact: { width: "25%", paddingRight: 8, paddingBottom: 4 },
  note: { borderLeft: `2 solid ${muted}`, paddingLeft: 6, marginTop: 6 },
  equation: { flexDirection: "row", flexWrap: "wrap", alignItems: "flex-end", paddingVertical: 8 },
  term: { marginRight: 14 },
  figure: { fontSize: 12, fontWeight: 600 },
  net: { fontSize: 15, fontWeight: 600 },
  columns: { flexDirection: "row" },
  column: { flex: 1, paddingRight: 10 },
  lastColumn: { flex: 1 },
  group: { marginTop: 8 },
  title: { fontSize: 9.5, fontWeight: 600, marginBottom: 2 },
  row: { flexDirection: "row", borderBottom: `0.5 solid ${line}`, paddingVertical: 1.6 },
  heading: { flexDirection: "row", borderBottom: `0.75 solid ${ink}`, paddingVertical: 1.6, color: muted },
  total: { flexDirection: "row", borderTop: `0.75 solid ${ink}`, paddingVertical: 2, fontWeight: 600 },
  label: { flex: 1, paddingRight: 6 },
  sub: { color: muted, fontSize: 7.5 },
  hours: { width: 42, textAlign: "right" },
  amount: { width: 66, textAlign: "right" },
  check: { marginTop: 1.5 },
  foot: {
    position: "absolute",
    bottom: 20,
    left: 40,
    right: 40,
    flexDirection: "row",
    justifyContent: "space-between",
    color: muted,
    fontSize: 7.5,
  },
});
