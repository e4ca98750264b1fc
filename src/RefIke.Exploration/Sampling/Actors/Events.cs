using Microsoft.Coyote.Actors;
using RefIke.Engine;
using RefIke.Exploration.Worlds;

namespace RefIke.Exploration.Sampling.Actors;

/// <summary>To everybody: the run that he plays in.</summary>
internal class Enters(Stage stage) : Event
{
    /// <summary>It.</summary>
    public Stage Stage => stage;
}

/// <summary>To an endpoint: whose it is.</summary>
internal sealed class EntersAs(Stage stage, Host host) : Enters(stage)
{
    /// <summary>What it steps.</summary>
    public Host Host => host;
}

/// <summary>To an endpoint that waited: an input, or a timer that is due; or its own word that it goes on.</summary>
internal sealed class Woken : Event;

/// <summary>To an endpoint: a timer fires though another should, or none.</summary>
internal sealed class Untimely(TimerId timer, string note) : Event
{
    /// <summary>Which.</summary>
    public TimerId Timer => timer;

    /// <summary>For the drawing.</summary>
    public string Note => note;
}

/// <summary>To the network: an endpoint has sent these.</summary>
internal sealed class Sent(Message[] messages) : Event
{
    /// <summary>In this order.</summary>
    public Message[] Messages => messages;
}

/// <summary>To the network: nothing is on its way; something held back, old or forged may come.</summary>
internal sealed class Stir : Event;

/// <summary>To a link: carry this.</summary>
internal sealed class Carries(Stage stage, Message message, string note, bool isLast) : Enters(stage)
{
    /// <summary>What.</summary>
    public Message Message => message;

    /// <summary>For the drawing.</summary>
    public string Note => note;

    /// <summary>Whether the link has nothing more to carry.</summary>
    public bool IsLast => isLast;
}

/// <summary>To the clock: nobody has anything to do.</summary>
internal sealed class AtRest : Event;

/// <summary>To the owner: nothing more happens in this act.</summary>
internal sealed class ActIsOver : Event;
