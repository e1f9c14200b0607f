/**
 * What Finch counts together. Under /employer that is the product of the page "Rate Limits": an id or a word below it
 * changes nothing, but for the rules of statement items, which are an endpoint of their own.
 */
const ruleOfItems = "pay-statement-item/rule";

/**
 * The quota that a request counts in. Pure.
 * @param endpoint as api_requests names it: "GET /employer/pay-groups/{pay_group_id}" counts in "pay-groups"
 */
export function quotaKey(endpoint: string): string {
  const [path = ""] = endpoint.slice(endpoint.indexOf("/") + 1).split("?");
  const [root = "", group = "", below] = path.split("/");
  if (root !== "employer") return root;
  return `${group}/${below ?? ""}` === ruleOfItems ? ruleOfItems : group;
}

/** Opening connections counts apart at an address (Finch: Rate Limits, "finch_auth_ip_rl"). */
export function addressSetOf(key: string): "ip" | "auth_ip" {
  return key === "auth" || key === "connect" ? "auth_ip" : "ip";
}
