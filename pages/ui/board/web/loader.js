// Loads the board's module once and hands it every answer of the server. If that fails, the
// page goes on with Streamlit's own widgets.
const boards = new WeakMap();

export default async function ({ data, parentElement, setTriggerValue }) {
  try {
    const home = parentElement.querySelector("[data-module]");
    const address = new URL(home.dataset.module, document.baseURI).href;
    const { Board } = await import(address);
    if (!boards.has(parentElement)) boards.set(parentElement, new Board(home, address));
    const board = boards.get(parentElement);
    await board.update(data, (actions) => setTriggerValue("act", actions));
    window.leverBoardIsReady = true;
    // Also called when a later answer has overtaken this one: the board is then still there.
    return () => setTimeout(() => home.isConnected || board.close());
  } catch (problem) {
    console.warn("The lever board could not be loaded.", problem);
    document.querySelector(".st-key-board-failed button")?.click();
  }
}
