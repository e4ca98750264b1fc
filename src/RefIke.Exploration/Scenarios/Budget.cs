namespace RefIke.Exploration.Scenarios;

/// <summary>What an attacker on the network does with what he has seen; he makes no key that he has not.</summary>
[Flags]
public enum Attacks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sends a datagram back to whom it came from.</summary>
    Reflect = 1,

    /// <summary>Sends a datagram to another endpoint than it was for.</summary>
    Redirect = 2,

    /// <summary>Puts a payload of one clear message into another of the same kind.</summary>
    Splice = 4,

    /// <summary>Writes clear notifies and Deletes under cookies that he saw, and ciphertext that nobody made.</summary>
    Forge = 8,

    /// <summary>Sends message 1 under fresh cookies, as from its sender and from addresses where nobody is.</summary>
    Flood = 16,

    /// <summary>Says again under the cookies of one exchange what was said under those of another.</summary>
    CrossSession = 32,

    /// <summary>Sends a phase 1 message as from another address.</summary>
    Readdress = 64,

    /// <summary>Says message 2 under a responder's cookie of his own.</summary>
    Impersonate = 128,

    /// <summary>Sends a datagram as one of another exchange type.</summary>
    Relabel = 256,

    /// <summary>Sends it from an address of his own, before or after it has come (RFC 3947 §8).</summary>
    Move = 512,

    /// <summary>Is the peer itself, and says beside a message the same with a header or a frame that must be refused (RFC 2408 §5.1 to §5.3).</summary>
    WrongFrame = 1024,

    /// <summary>The same with an offer that must be refused, or a choice that was not offered (RFC 2408 §5.4 to §5.6).</summary>
    WrongOffer = 2048,

    /// <summary>The same with payloads that must be refused (RFC 2408 §5.7 to §5.15, RFC 2409 §5).</summary>
    WrongContent = 4096,
}

/// <summary>What a schedule may do to the network and the clock, and how often.</summary>
public sealed record Budget
{
    /// <summary>As many as there are.</summary>
    public const int AnyNumber = int.MaxValue;

    /// <summary>Datagrams that may vanish.</summary>
    public int Losses { get; init; }

    /// <summary>Datagrams that may be delivered and stay in flight.</summary>
    public int Copies { get; init; }

    /// <summary>Old datagrams that may be delivered again at any later time.</summary>
    public int Replays { get; init; }

    /// <summary>Datagrams that may be held back, and come at any later time or never.</summary>
    public int Delays { get; init; }

    /// <summary>Timers for sending again that may fire before they are due.</summary>
    public int PrematureTimers { get; init; }

    /// <summary>How often a timer may wait until one that is due later has fired.</summary>
    public int LateTimers { get; init; }

    /// <summary>Datagrams that may be delivered with one bit changed.</summary>
    public int Alterations { get; init; }

    /// <summary>How often the attacker may act.</summary>
    public int Attacks { get; init; }

    /// <summary>In which ways.</summary>
    public Attacks Ways { get; init; }

    /// <summary>Whether any datagram in flight may be the next, or only the oldest.</summary>
    public bool Reorders { get; init; }

    /// <summary>
    /// Whether the network delivers in the sense of spec/properties.md: each message may be sent so often again that the sendings that
    /// are lost, and those that no answer was waited for, are not all.
    /// </summary>
    public bool Delivers(int resends) => (long)Losses + PrematureTimers <= resends;

    /// <summary>Where harm may be done, a sampled run does it one time in so many.</summary>
    internal int HarmOneIn => Losses == AnyNumber ? 2 : 6;

    /// <summary>All of it, for a report.</summary>
    public override string ToString()
        => $"{(Reorders ? "any order" : "in order")}, losses {(Losses == AnyNumber ? "any number" : Losses)}, copies {Copies}, replays {Replays}, delays {Delays}, "
            + $"premature timers {PrematureTimers}, late timers {LateTimers}, alterations {Alterations}, attacks {Attacks}"
            + (Attacks > 0 ? $" ({Ways})" : "");
}
