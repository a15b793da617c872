import net from "node:net"

/** A balancer of TCP connections in front of equal servers, as any of the real ones is. */
export interface Balancer {
  port: number
  close(): Promise<void>
}

/** Each connection goes to the next of the ports that answers; with none it is closed. */
export const startBalancer = async (ports: readonly number[]): Promise<Balancer> => {
  const open = new Set<net.Socket>()
  let turn = 0
  const reach = (tries: number, found: (socket: net.Socket) => void, nobody: () => void): void => {
    if (tries === 0) {
      nobody()
      return
    }
    const port = ports[turn++ % ports.length] ?? 0
    const socket = net.connect({ host: "127.0.0.1", port, noDelay: true })
    const onError = (): void => reach(tries - 1, found, nobody)
    socket.once("error", onError)
    socket.once("connect", () => {
      socket.off("error", onError)
      found(socket)
    })
  }
  const server = net.createServer({ pauseOnConnect: true, noDelay: true }, (client) => {
    open.add(client)
    client.once("close", () => open.delete(client))
    client.on("error", () => client.destroy())
    const joined = (behind: net.Socket): void => {
      if (client.destroyed) {
        behind.destroy()
        return
      }
      behind.on("error", () => client.destroy())
      behind.once("close", () => client.destroy())
      client.once("close", () => behind.destroy())
      client.pipe(behind)
      behind.pipe(client)
    }
    reach(ports.length, joined, () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
