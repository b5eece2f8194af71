/** Shows another address of this origin without going there. */
export function showAddress(address) {
  history.replaceState(history.state, "", address);
}
