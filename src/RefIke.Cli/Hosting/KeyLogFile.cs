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
}
