using RefIke.Crypto;
using RefIke.Engine;

namespace RefIke.Cli.Hosting;

/// <summary>
/// A key log that Wireshark takes as its table ikev1_decryption_table (CKY-I and Ka); everything else stands in
/// comments. Written only where the user asks for it.
/// </summary>
/// <exception cref="BadInputException">The file cannot be written.</exception>
internal sealed class KeyLogFile(string path) : IDisposable
{
    private readonly StreamWriter file = new(OutputFile.Create(path, secret: true)) { AutoFlush = true };

    public void Write(Effect effect)
    {
        lock (file)
        {
            foreach (var line in Lines(effect))
            {
                file.WriteLine(line);
            }
        }
    }

    /// <summary>Diffie-Hellman whose shared secrets are written too: Wireshark does not need them, a replay does.</summary>
    public IDiffieHellman Logging(IDiffieHellman inner) => new Logged(inner, this);

    public void Dispose() => file.Dispose();

    /// <summary>The lines of one effect; none for those that carry no keys.</summary>
    public static IEnumerable<string> Lines(Effect effect) => effect switch
    {
        Effect.KeysDerived { Phase1: { Keys: { } k } p } =>
        [
            $"# {p.Role} {p.CKY_I} {p.CKY_R} SKEYID {Hex(k.SKEYID)} SKEYID_d {Hex(k.SKEYID_d)} "
            + $"SKEYID_a {Hex(k.SKEYID_a)} SKEYID_e {Hex(k.SKEYID_e)}",
            $"{p.CKY_I},{Hex(k.Ka)}",
        ],
        Effect.PairEstablished e =>
        [
            $"# KEYMAT in {e.Pair.Spi:x8} {Hex(e.Pair.Inbound)}",
            $"# KEYMAT out {e.Pair.PeerSpi:x8} {Hex(e.Pair.Outbound)}",
        ],
        _ => [],
    };

    private static string Hex(Secret secret) => Convert.ToHexStringLower(secret.Reveal());

    private void Write(ReadOnlySpan<byte> peer, Secret g_xy)
    {
        lock (file)
        {
            file.WriteLine($"# g^xy with {Convert.ToHexStringLower(peer)} {Hex(g_xy)}");
        }
    }

    /// <summary>Another's results, the secrets written as they come.</summary>
    private sealed class Logged(IDiffieHellman inner, KeyLogFile log) : IDiffieHellman
    {
        public string Name => inner.Name;

        public byte[] PublicValue(Group group, Secret x) => inner.PublicValue(group, x);

        public PublicValueFault Check(Group group, ReadOnlySpan<byte> publicValue) => inner.Check(group, publicValue);

        public PublicValueFault TrySharedSecret(Group group, Secret x, ReadOnlySpan<byte> peer, out Secret? g_xy)
        {
            var fault = inner.TrySharedSecret(group, x, peer, out g_xy);
            if (g_xy is not null)
            {
                log.Write(peer, g_xy);
            }

            return fault;
        }
    }
}
