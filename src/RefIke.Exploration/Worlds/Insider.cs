using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exploration.Scenarios;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>A peer that has all keys, and says beside a message of its own the same with something in it that must be refused.</summary>
internal sealed class Insider(Attacks ways, Known known)
{
    private readonly ImmutableArray<Offence> offences =
    [
        .. ways.HasFlag(Attacks.WrongFrame) ? WrongFrames.All : [],
        .. ways.HasFlag(Attacks.WrongOffer) ? WrongOffers.All : [],
        .. ways.HasFlag(Attacks.WrongContent) ? WrongContents.All : [],
    ];

    private readonly Dictionary<(int Message, int Sender), (string Words, Message Message)[]> made = [];

    /// <summary>What it can say beside one of its messages, always in the same order.</summary>
    /// <param name="sender">Who sent it, as it is now: with what it knows the message is opened.</param>
    public IEnumerable<(string Words, Message Message)> Of(Message message, LocalState? sender)
    {
        if (offences.IsEmpty || sender is null)
        {
            return [];
        }

        if (!made.TryGetValue((message.Number, sender.Number), out var wrong))
        {
            wrong = Open(message.Sent.Datagram, sender.State) is not { } letter ? []
                : [.. from offence in offences
                      let octets = offence.Of(letter)
                      where octets is not null
                      let breaks = $"{offence.Words} ({offence.Clause})"
                      select (breaks, known.Of(message.Sent with { Datagram = octets }, false, breaks))];
            made.Add((message.Number, sender.Number), wrong);
        }

        return wrong;
    }

    /// <summary>Its IV may be the last block of any message that it has answered.</summary>
    internal static Letter? Open(Octets datagram, EndpointState state)
    {
        var heard = state.Isakmp.Values.Select(e => e.Resending).Concat(state.QuickModes.Values.Select(e => e.Resending))
            .Concat(state.Transactions.Values.Select(e => e.Resending)).Concat(state.NewGroups.Values.Select(e => e.Resending))
            .Select(r => r.LastReceived);
        return heard.Prepend(null).Select(h => Letter.Open(datagram, [state], h)).FirstOrDefault(l => l is not null);
    }
}
