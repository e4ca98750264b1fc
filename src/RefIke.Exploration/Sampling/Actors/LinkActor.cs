using Microsoft.Coyote.Actors;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>
/// Carries datagrams to a socket and from there into the host's queue, in the order in which it got them. Where the network may reorder,
/// each datagram has a link of its own: then Coyote's scheduler decides which is the next.
/// </summary>
[OnEventDoAction(typeof(Carries), nameof(Carry))]
internal sealed class LinkActor : Player
{
    /// <inheritdoc/>
    protected override void Entered(Event e)
    {
        if (e is Carries)
        {
            Carry(e);
        }
    }

    private void Carry(Event e)
    {
        var carries = (Carries)e;
        var (message, note) = (carries.Message, carries.Note);
        if (Stage.Rules.Moves.Addresses.Whose(message.Sent.Remote, Stage.At.Mapping) is not var (who, at))
        {
            Stage.Did(Worlds.TurnKind.Deliver, message, note.Length == 0 ? "reaches nobody" : note);
        }
        else
        {
            if (note.Length == 0)
            {
                Stage.At = Stage.At with { Seen = Stage.Rules.Moves.Seen(Stage.At, message) };
            }

            var host = Stage.Hosts[(int)who];
            host.Post(new(message, at, note, null, null));
            Wake(host);
        }

        Ends();
        if (carries.IsLast)
        {
            RaiseHaltEvent();
        }
    }
}
