"""« Déjà suivie ? »: yes, contact somebody, or no. Off unless the charters of both say so."""
