using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Cli.Hosting;

/// <summary>An effect as one line for people; null for those that only matter to a trace.</summary>
internal static class EventLine
{
    public static string? Of(Effect effect) => effect switch
    {
        Effect.IsakmpEstablished e =>
            $"ISAKMP SA up      {e.Phase1.CKY_I}/{e.Phase1.CKY_R} {e.Connection} {e.Phase1.Suite!.Name} "
            + $"with {e.Phase1.Remote.Address}",
        Effect.IsakmpDeleted e => $"ISAKMP SA gone    {e.CKY_I}/{e.CKY_R}: {e.Why}",
        Effect.XauthEnded e => $"XAUTH             user {Printable(e.User)} {(e.Passed ? "let in" : "not let in")}",
        Effect.Configured e => $"Mode Config       {e.Configuration.Address?.ToString() ?? "no address"} "
            + (e.ByUs ? "assigned to the peer" : "assigned to us"),
        Effect.PairEstablished e =>
            $"IPsec pair up     in {e.Pair.Spi:x8} out {e.Pair.PeerSpi:x8} {e.Pair.Connection}/{e.Pair.Child} "
            + $"{e.Pair.Suite.Name} {e.Pair.Suite.Mode} {e.Pair.Own} === {e.Pair.Peer}"
            + (e.Replaces is { } r ? $" replaces {r:x8}" : ""),
        Effect.PairDeleted e => $"IPsec pair gone   in {e.Pair.Spi:x8} out {e.Pair.PeerSpi:x8}: {e.Why}",
        Effect.GroupAgreed e => $"group agreed      {e.Exchange} group {e.Number} of {8 * e.Agreed.Group.SecretLength} bits",
        Effect.PeerMoved e => $"peer moved        {e.Connection} from {e.From} to {e.To}: another address by its NAT",
        Effect.PeerDied e => $"peer dead         {e.Connection} at {e.Remote} does not answer",
        Effect.ExchangeFailed e => $"{e.Kind} failed {e.Exchange}: {e.Why}",
        Effect.Rejected e => $"rejected          {e.Why.Kind} ({e.Why.Clause}): {e.Why.Reason}",
        Effect.Noted e => $"peer says         {e.Type}{(e.Authenticated ? "" : " (unauthenticated: a hint)")}",
        _ => null,
    };

    /// <summary>A peer's text with nothing in it that a terminal or a shell would obey (B-80).</summary>
    private static string Printable(Octets text)
        => string.Concat(text.ToArray().Select(b => char.IsAsciiLetterOrDigit((char)b) || "@._-".Contains((char)b) ? $"{(char)b}" : $"\\x{b:x2}"));
}
