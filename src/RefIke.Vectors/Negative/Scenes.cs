using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>The places where cases begin: each message of each exchange, by the configuration's words.</summary>
internal static class Scenes
{
    /// <summary>The words of the authentication methods, with the names that ids have.</summary>
    public static readonly (string Id, string Words)[] Methods =
    [
        ("psk", ""), ("rsa-sig", "rsa-signatures"), ("dss-sig", "dss-signatures"), ("ecdsa-256", "ecdsa-256"),
        ("ecdsa-384", "ecdsa-384"),
        ("ecdsa-521", "ecdsa-521"),
        ("rsa-enc", "rsa-encryption"),
        ("rsa-rev", "rsa-revised"),
    ];

    /// <summary>Main Mode before message <paramref name="number"/>, from 1; the receiver is under test.</summary>
    public static Scene Main(int number, string id = "psk", string words = "", string? peer = null)
        => new($"main-{id}-{number}", "MainMode", number % 2 == 1 ? "responder" : "initiator", $"message {number}",
            number % 2 == 0,
            () => Begin(words, peer, number % 2 == 0).Deliver(number - 1));

    /// <summary>Aggressive Mode before message <paramref name="number"/>.</summary>
    public static Scene Aggressive(int number, string id = "psk", string words = "", string? peer = null)
        => new($"aggressive-{id}-{number}", "Aggressive", number % 2 == 1 ? "responder" : "initiator",
            $"message {number}",
            number % 2 == 0, () => Begin($"aggressive+{words}", peer is null ? null : $"aggressive+{peer}",
                number % 2 == 0).Deliver(number - 1));

    /// <summary>Quick Mode before message <paramref name="number"/>; A begins it.</summary>
    public static Scene Quick(int number, string id = "esp", string words = "", string? peer = null)
        => new($"quick-{id}-{number}", "QuickMode", number % 2 == 1 ? "responder" : "initiator", $"message {number}",
            number % 2 == 0, () => Begin(words, peer,
                number % 2 == 0).DeliverUntil(ExchangeType.QuickMode).Deliver(number - 1));

    /// <summary>Both ends up and nothing in flight; B is under test.</summary>
    public static Scene Up(string id, string exchange, string words = "", string? peer = null)
        => new($"up-{id}", exchange, "responder", "a new exchange", false, () => Begin(words, peer, false).Settle());

    /// <summary>The same, and then some time in which nothing is said.</summary>
    public static Scene Later(string id, string exchange, long milliseconds)
        => new($"later-{id}", exchange, "responder", "a new exchange", false, () =>
            Begin("", null, false).Settle().Run(milliseconds));

    /// <summary>New Group Mode before message 2; A has offered a group.</summary>
    public static Scene NewGroupAnswer(string id = "answer")
        => new($"new-group-{id}", "NewGroupMode", "initiator", "message 2", true, () =>
        {
            var stage = Begin("new-groups", null, true).Settle();
            return stage.Order(stage.A, "newGroup").Deliver(1);
        });

    /// <summary>
    /// Transactions before the message with this number; A has connected. Of XAUTH the edge device B begins.
    /// </summary>
    public static Scene Transaction(int number, string id, string words, string peer)
    {
        var isA = words.StartsWith("host", StringComparison.Ordinal)
            || words.StartsWith("gets", StringComparison.Ordinal);
        return new($"transaction-{id}-{number}", "Transaction", number % 2 == 1 ? "responder" : "initiator",
            $"message {((number - 1) % 2) + 1}", isA,
            () => Begin(words, peer, isA).DeliverUntil(ExchangeType.Transaction).Deliver(number - 1));
    }

    /// <summary>A is told to connect; the endpoint under test has the first words.</summary>
    private static Stage Begin(string words, string? peer, bool isA)
    {
        var (own, other) = (words.Trim('+'), (peer ?? words).Trim('+'));
        var stage = isA ? new Stage(own, other) : new Stage(other, own);
        return stage.Connect(stage.A);
    }
}
