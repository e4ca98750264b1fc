namespace RefIke.Specification.Symbolic;

/// <summary>A symbolic message as RFC 2409 would write it: <c>HDR*{ID A, SIG by A}</c>.</summary>
internal static class MessageWords
{
    private static readonly Dictionary<string, string> Constants = new()
    {
        ["strongLong"] = "strong (long life)",
        ["weakOffer"] = "offer cut down to weak",
        ["strippedOffer"] = "offer without vendor ids",
        ["nameAndPassword"] = "name and password",
    };

    /// <summary>The words for a message; empty where nothing is sent.</summary>
    public static string Of(MaudeTerm term) => term switch
    {
        { Head: "silence" or "end" or "iv" or "last" or "no" } => "",
        { Head: ";" } => Join(term.Args, ", "),
        { Head: ":" } => Payload(term.Args[0].Head.Trim('"'), term.Args[1]),
        { Head: "enc", Args: [var key, var text] } => Encrypted(key, text),
        { Head: "penc", Args: [var to, var text] } => $"<{Of(text)}>PubKey_{Of(to)}",
        { Head: "sig", Args: [var by, _] } => $"by {Of(by)}",
        { Head: "prf" } => "HASH",
        { Head: "g", Args: [{ Head: "x", Args: [var n] }] } => $"g^x{n.Head}",
        { Head: "n" or "spi" or "group", Args: [var n] } => term.Head + n.Head,
        { Head: "ck" or "mid", Args: [var n] } => n.Head,
        { Head: "id" or "client" or "password", Args: [var who] } => Of(who),
        { Head: "sa", Args: var both } => Join(both, " "),
        { Args.Count: 0, Head.Length: 1 } => term.Head.ToUpperInvariant(),
        { Args.Count: 0 } => Constants.GetValueOrDefault(term.Head, term.Head),
        _ => $"{term.Head}({Join(term.Args, ", ")})",
    };

    private static string Payload(string type, MaudeTerm body) => body switch
    {
        { Head: "prf" } => type,
        // Two nonces that nothing parts.
        { Head: ";" } when type == "NONCE" => $"{type} {Join(body.Args, "|")}",
        { Head: "client" } => $"{type} client {Of(body)}",
        { Head: "enc", Args: [var key, var text] } when KeyName(key) is { } name => $"{type} <{Of(text)}>{name}",
        _ => $"{type} {Of(body)}",
    };

    private static string Encrypted(MaudeTerm key, MaudeTerm text)
        => KeyName(key) is { } name ? $"<{Of(text)}>{name}" : $"HDR*{{{Of(text)}}}";

    /// <summary>A key that is not SKEYID_e: that of a nonce (section 5.3), or a pre-shared one.</summary>
    private static string? KeyName(MaudeTerm key) => key switch
    {
        { Head: "prf", Args: [{ Head: "n" } nonce, _] } => $"Ke({Of(nonce)})",
        { Head: "psk" } => "PSK",
        _ => null,
    };

    private static string Join(IReadOnlyList<MaudeTerm> terms, string between)
        => string.Join(between, terms.Select(Of).Where(w => w.Length > 0));
}
