// Says in one line what to do where Node is too old. Plain JavaScript, so that any Node can read it: run before an
// entry by the npm scripts, and imported first by the entries themselves.
var needed = 24;

if (Number(process.versions.node.split('.')[0]) < needed) {
  console.error(
    process.env.npm_lifecycle_event
      ? `Befriend needs Node ${needed} or newer; this is ${process.version}, for node_modules holds none: run "npm ci" without --ignore-scripts, which brings one, or install Node ${needed}.`
      : `Befriend needs Node ${needed} or newer; this is ${process.version}. Run it through npm (npm start, npm test), which brings its own, or install Node ${needed}.`,
  );
  process.exit(1);
}
