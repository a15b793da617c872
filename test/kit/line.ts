import { type AddressInfo, connect, createServer, type Socket } from "node:net"

/** A way to a server that can go dead without a word, as a cable does: nothing is closed, nothing comes through. */
export interface Line {
  port: number
  cut(): void
  /** New connections come through again; those that were cut stay dead. */
  mend(): void
  close(): Promise<void>
}

/** Opens a way to a port of this machine. */
export const openLine = async (port: number): Promise<Line> => {
  const sockets = new Set<Socket>()
  let dead = false
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1")
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on("error", () => undefined)
      socket.on("close", () => sockets.delete(socket))
      if (dead) socket.pause()
    }
    if (dead) return
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port: own } = server.address() as AddressInfo
  return {
    port: own,
    cut: () => {
      dead = true
      for (const socket of sockets) socket.unpipe().pause()
    },
    mend: () => {
      dead = false
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
