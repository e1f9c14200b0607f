// npm scripts must run on the Node that the project installs (the npm package
// "node"): the machine's own may be older. During install it is not there yet.
const [major, minor] = process.versions.node.split(".").map(Number);
const installing = process.argv[2] === "install";
const enough = installing ? major >= 20 : major > 22 || (major === 22 && minor >= 18);
if (!enough) {
  const wanted = installing ? "20" : "22.18";
  console.error(
    `Perch needs Node ${wanted} or newer, and this is ${process.versions.node}. ` +
      (installing
        ? "Install a newer Node and run npm ci again."
        : "Run npm ci without --ignore-scripts: it brings the right Node with it."),
  );
  process.exit(1);
}
